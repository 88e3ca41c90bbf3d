-- What somebody has uploaded and not posted, which is bounded.
CREATE INDEX file_owner ON file (owner_id, expires_at);
