-- Keys that a report had before its present one, each sealed under the one that followed it: see src/intake.
CREATE TABLE report_key (
    report_id TEXT NOT NULL REFERENCES report (id),
    generation BIGINT NOT NULL,
    sealed TEXT NOT NULL,
    PRIMARY KEY (report_id, generation)
);
