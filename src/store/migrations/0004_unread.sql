-- What a member has not read, in the order of the inbox, so that a list of it does not pass over everything that was read: see
-- src/intake. Filled when a member looks, from what changed since they looked before.
CREATE TABLE report_unread (
    staff_id TEXT NOT NULL REFERENCES staff (id),
    report_id TEXT NOT NULL REFERENCES report (id),
    team_id TEXT NOT NULL,
    received_ms BIGINT NOT NULL,
    PRIMARY KEY (staff_id, report_id)
);
CREATE INDEX report_unread_in_order ON report_unread (staff_id, team_id, received_ms, report_id);
CREATE INDEX report_unread_by_report ON report_unread (report_id);
CREATE TABLE unread_mark (
    staff_id TEXT NOT NULL REFERENCES staff (id),
    team_id TEXT NOT NULL REFERENCES team (id),
    changed_ms BIGINT NOT NULL,
    PRIMARY KEY (staff_id, team_id)
);
CREATE INDEX report_by_change ON report (team_id, changed_ms, id);
