-- Tries to sign in, by the keyed hash of the login name that was typed, whether anybody has it or not: see src/access.
CREATE TABLE sign_in_try (
    login_hash TEXT PRIMARY KEY,
    failures BIGINT NOT NULL,
    next_try_ms BIGINT NOT NULL
);
CREATE INDEX sign_in_try_by_time ON sign_in_try (next_try_ms);
ALTER TABLE staff DROP COLUMN failures;
ALTER TABLE staff DROP COLUMN next_try_ms;
