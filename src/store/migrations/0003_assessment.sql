-- Assessment: see src/assess. Clocks stand on the report, so that the work-list follows one index.
ALTER TABLE report ADD COLUMN priority BIGINT NOT NULL DEFAULT 4;
ALTER TABLE report ADD COLUMN acknowledge_by_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE report ADD COLUMN decide_by_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE report ADD COLUMN acknowledged_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE report ADD COLUMN decided_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE report ADD COLUMN escalated_ms BIGINT NOT NULL DEFAULT 0;
-- What is due next: acknowledgement, then decision; 0 when nothing is.
ALTER TABLE report ADD COLUMN due_ms BIGINT NOT NULL DEFAULT 0;
-- Drawn for a second, independent assessment.
ALTER TABLE report ADD COLUMN double_assessed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE notification ADD COLUMN urgent BIGINT NOT NULL DEFAULT 0;
CREATE INDEX report_by_due ON report (team_id, due_ms, id);
-- Finding, standard and priority are classes; everything else of an assessment is sealed in body.
CREATE TABLE assessment (
    id TEXT PRIMARY KEY,
    report_id TEXT NOT NULL REFERENCES report (id),
    assessor TEXT NOT NULL,
    state TEXT NOT NULL,
    method TEXT NOT NULL,
    finding TEXT NOT NULL,
    standard TEXT NOT NULL,
    priority BIGINT NOT NULL,
    body TEXT NOT NULL,
    started_ms BIGINT NOT NULL,
    signed_ms BIGINT NOT NULL
);
CREATE INDEX assessment_by_report ON assessment (report_id, started_ms);
CREATE INDEX assessment_by_time ON assessment (signed_ms);
-- The packs by whose rules an assessment was made, kept so that it can always be shown by them.
CREATE TABLE assessment_method (
    version TEXT PRIMARY KEY,
    packs TEXT NOT NULL,
    first_used_ms BIGINT NOT NULL
);
CREATE TABLE decision (
    id TEXT PRIMARY KEY,
    report_id TEXT NOT NULL REFERENCES report (id),
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    by_staff TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    second TEXT NOT NULL,
    second_ms BIGINT NOT NULL,
    method TEXT NOT NULL,
    target TEXT NOT NULL,
    offered TEXT NOT NULL,
    body TEXT NOT NULL,
    message TEXT NOT NULL,
    released_ms BIGINT NOT NULL
);
CREATE INDEX decision_by_report ON decision (report_id, at_ms);
CREATE INDEX decision_by_target ON decision (target, state);
CREATE TABLE case_file (
    id TEXT PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    team_id TEXT NOT NULL REFERENCES team (id),
    opened_by TEXT NOT NULL,
    opened_ms BIGINT NOT NULL,
    state TEXT NOT NULL
);
CREATE TABLE case_report (
    case_id TEXT NOT NULL REFERENCES case_file (id),
    report_id TEXT NOT NULL REFERENCES report (id),
    PRIMARY KEY (case_id, report_id)
);
