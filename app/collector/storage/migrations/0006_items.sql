-- SPDX-FileCopyrightText: 2026 The Vedette developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What comes beside events goes with them, whoever deletes an event; and feedback, which has an id of its own, is
-- not stored twice.

ALTER TABLE user_reports ADD COLUMN report_id BLOB;  -- of the feedback itself; null for a user_report
CREATE UNIQUE INDEX user_reports_by_report ON user_reports (report_id, project_id) WHERE report_id IS NOT NULL;

CREATE TRIGGER events_take_their_items AFTER DELETE ON events BEGIN
    DELETE FROM attachments WHERE event_id = OLD.event_id AND project_id = OLD.project_id;
    DELETE FROM user_reports WHERE event_id = OLD.event_id AND project_id = OLD.project_id;
END;

CREATE TRIGGER feedback_takes_its_attachments AFTER DELETE ON user_reports WHEN OLD.report_id IS NOT NULL BEGIN
    DELETE FROM attachments WHERE event_id = OLD.report_id AND project_id = OLD.project_id;
END;

-- Also where references are not checked, as on the write lane.
CREATE TRIGGER attachments_take_their_parts AFTER DELETE ON attachments BEGIN
    DELETE FROM attachment_parts WHERE attachment_id = OLD.id;
END;
