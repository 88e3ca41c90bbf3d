-- Who may do less from now on: every node reads what is new here, each second and when it is told to.
ALTER TABLE installation ADD COLUMN last_access_change BIGINT NOT NULL DEFAULT 0;

CREATE TABLE access_change (
    number  BIGINT      PRIMARY KEY, -- taken from installation.last_access_change under the lock of its row
    kind    VARCHAR(8)  NOT NULL,
    subject VARCHAR(64) NOT NULL,
    reason  VARCHAR(8)  NOT NULL,
    at      TIMESTAMP(3) WITH TIME ZONE NOT NULL
);
