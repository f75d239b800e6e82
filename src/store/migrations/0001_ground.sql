-- The ledger: see src/ledger.
CREATE TABLE ledger_entry (
    position BIGINT PRIMARY KEY,
    stream TEXT NOT NULL,
    seq BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL,
    UNIQUE (stream, seq)
);
CREATE TABLE ledger_root (
    id BIGINT PRIMARY KEY,
    position BIGINT NOT NULL,
    chain TEXT NOT NULL,
    signature TEXT NOT NULL
);
CREATE TABLE ledger_checkpoint (
    position BIGINT PRIMARY KEY,
    at_ms BIGINT NOT NULL,
    streams BIGINT NOT NULL,
    merkle_root TEXT NOT NULL,
    chain TEXT NOT NULL,
    signature TEXT NOT NULL
);
-- Agencies, teams, staff: see src/access. Names and addresses are encrypted under the index key.
CREATE TABLE agency (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    created_ms BIGINT NOT NULL
);
CREATE TABLE team (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    name TEXT NOT NULL,
    created_ms BIGINT NOT NULL
);
CREATE TABLE team_key (
    team_id TEXT NOT NULL REFERENCES team (id),
    epoch BIGINT NOT NULL,
    public_key TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (team_id, epoch)
);
CREATE TABLE staff (
    id TEXT PRIMARY KEY,
    login_hash TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    state TEXT NOT NULL,
    public_key TEXT NOT NULL,
    verify_key TEXT NOT NULL,
    salt TEXT NOT NULL,
    verifier TEXT NOT NULL,
    wrapped_seed TEXT NOT NULL,
    wrapped_totp TEXT NOT NULL,
    totp_last_step BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    next_try_ms BIGINT NOT NULL,
    created_ms BIGINT NOT NULL
);
CREATE TABLE staff_role (
    staff_id TEXT NOT NULL REFERENCES staff (id),
    role TEXT NOT NULL,
    PRIMARY KEY (staff_id, role)
);
-- holder is a staff id, or 'recovery' for the offline recovery key.
CREATE TABLE team_key_grant (
    team_id TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    holder TEXT NOT NULL,
    sealed TEXT NOT NULL,
    PRIMARY KEY (team_id, epoch, holder),
    FOREIGN KEY (team_id, epoch) REFERENCES team_key (team_id, epoch)
);
CREATE TABLE team_member (
    team_id TEXT NOT NULL REFERENCES team (id),
    staff_id TEXT NOT NULL REFERENCES staff (id),
    state TEXT NOT NULL,
    since_ms BIGINT NOT NULL,
    PRIMARY KEY (team_id, staff_id)
);
CREATE TABLE team_channel (
    kind TEXT PRIMARY KEY,
    team_id TEXT NOT NULL REFERENCES team (id)
);
CREATE TABLE recovery_code (
    staff_id TEXT NOT NULL REFERENCES staff (id),
    code_hash TEXT NOT NULL,
    used_ms BIGINT NOT NULL,
    PRIMARY KEY (staff_id, code_hash)
);
CREATE TABLE invitation (
    token_hash TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    roles TEXT NOT NULL,
    team_id TEXT NOT NULL,
    expires_ms BIGINT NOT NULL,
    used_ms BIGINT NOT NULL
);
CREATE TABLE session (
    token_hash TEXT PRIMARY KEY,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    wrapped_seed TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    seen_ms BIGINT NOT NULL
);
CREATE INDEX session_by_staff ON session (staff_id);
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
-- Reports: see src/intake.
CREATE TABLE report (
    id TEXT PRIMARY KEY,
    locator TEXT NOT NULL,
    salt TEXT NOT NULL,
    reporter_key TEXT NOT NULL,
    received_ms BIGINT NOT NULL,
    changed_ms BIGINT NOT NULL,
    channel TEXT NOT NULL,
    language TEXT NOT NULL,
    kind TEXT NOT NULL,
    team_id TEXT NOT NULL REFERENCES team (id),
    state TEXT NOT NULL,
    deletion_asked_ms BIGINT NOT NULL,
    summary TEXT NOT NULL,
    answers TEXT NOT NULL
);
CREATE INDEX report_by_locator ON report (locator);
CREATE INDEX report_by_state ON report (team_id, state, received_ms, id);
CREATE INDEX report_by_age ON report (team_id, received_ms, id);
CREATE INDEX report_by_language ON report (team_id, language, received_ms, id);
-- recipient is 'reporter' or a team id; epoch is the team key's (0 for the reporter).
CREATE TABLE report_grant (
    report_id TEXT NOT NULL REFERENCES report (id),
    recipient TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    sealed TEXT NOT NULL,
    PRIMARY KEY (report_id, recipient)
);
CREATE INDEX report_grant_by_recipient ON report_grant (recipient, epoch);
CREATE TABLE message (
    id TEXT PRIMARY KEY,
    report_id TEXT NOT NULL REFERENCES report (id),
    at_ms BIGINT NOT NULL,
    direction TEXT NOT NULL,
    author TEXT NOT NULL,
    body TEXT NOT NULL,
    read_ms BIGINT NOT NULL
);
CREATE INDEX message_by_report ON message (report_id, at_ms);
CREATE TABLE attachment (
    id TEXT PRIMARY KEY,
    report_id TEXT NOT NULL REFERENCES report (id),
    message_id TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    blob_id TEXT NOT NULL,
    chunks BIGINT NOT NULL,
    description TEXT NOT NULL
);
CREATE INDEX attachment_by_report ON attachment (report_id, at_ms);
CREATE INDEX attachment_by_blob ON attachment (blob_id);
CREATE TABLE note (
    id TEXT PRIMARY KEY,
    report_id TEXT NOT NULL REFERENCES report (id),
    at_ms BIGINT NOT NULL,
    author TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX note_by_report ON note (report_id, at_ms);
CREATE TABLE report_read (
    report_id TEXT NOT NULL REFERENCES report (id),
    staff_id TEXT NOT NULL REFERENCES staff (id),
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (report_id, staff_id)
);
CREATE TABLE notification (
    team_id TEXT PRIMARY KEY,
    since_ms BIGINT NOT NULL
);
