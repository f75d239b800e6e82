-- What the public process may do on PostgreSQL when it has a role of its own ({role}): store new reports and answers, and read and
-- delete the one report that its transaction is about. Everything else (staff, sessions, keys of teams, other reports) is closed.
-- Policies hold for every role but the owner of the tables. Can be run again at any time.
SET LOCAL client_min_messages = warning;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role};
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT ON schema_version, team_channel, team_key TO {role};
GRANT INSERT, SELECT (id, locator, salt, reporter_key, received_ms, team_id, state, deletion_asked_ms),
    UPDATE (locator, salt, reporter_key, changed_ms, state, deletion_asked_ms, summary, answers, due_ms) ON report TO {role};
GRANT SELECT, INSERT, DELETE ON report_grant, attachment TO {role};
GRANT SELECT, DELETE ON report_key TO {role};
GRANT SELECT, INSERT, DELETE, UPDATE (read_ms) ON message TO {role};
GRANT SELECT (report_id), DELETE ON note, report_read, report_unread TO {role};
GRANT SELECT (report_id), UPDATE (body) ON assessment TO {role};
GRANT SELECT (report_id), UPDATE (body, message, offered) ON decision TO {role};
GRANT SELECT, INSERT, UPDATE ON notification TO {role};
GRANT SELECT, UPDATE ON ledger_root TO {role};
GRANT INSERT, SELECT (stream, seq, hash) ON ledger_entry TO {role};

ALTER TABLE report ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS one_report ON report;
CREATE POLICY one_report ON report
    USING (locator = current_setting('tideline.locator', true) OR id = current_setting('tideline.report', true))
    WITH CHECK (id = current_setting('tideline.report', true));
DROP POLICY IF EXISTS new_report ON report;
CREATE POLICY new_report ON report AS RESTRICTIVE FOR INSERT WITH CHECK (state IN ('received', 'quarantined'));

-- What belongs to a report follows it; {table} is each such table (see Database::allow_public_process).
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS one_report ON {table};
CREATE POLICY one_report ON {table} USING (EXISTS (SELECT 1 FROM report r WHERE r.id = report_id));
DROP POLICY IF EXISTS from_reporter ON message;
CREATE POLICY from_reporter ON message AS RESTRICTIVE FOR INSERT WITH CHECK (direction = 'from_reporter');

-- In the audit: the streams of that report, as the reporter.
ALTER TABLE ledger_entry ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS one_report ON ledger_entry;
CREATE POLICY one_report ON ledger_entry
    USING (EXISTS (SELECT 1 FROM report r WHERE 'report:' || r.id = stream))
    WITH CHECK (actor = 'reporter' AND EXISTS (SELECT 1 FROM report r WHERE 'report:' || r.id = stream));
