-- What was done that somebody may have to answer for. Rows are added and never changed; each hash covers the one before.
CREATE TABLE audit_entry (
    number  BIGINT        PRIMARY KEY, -- taken from audit_chain under the lock of its row
    at      TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    actor   VARCHAR(100)  NOT NULL,
    action  VARCHAR(100)  NOT NULL,
    subject VARCHAR(300)  NOT NULL,
    detail  VARCHAR(1000) NOT NULL,
    hash    VARCHAR(64)   NOT NULL
);

-- Where the chain ends; one row. Entries that were cut off at the end are missed by it.
CREATE TABLE audit_chain (
    id          SMALLINT    PRIMARY KEY,
    last_number BIGINT      NOT NULL,
    last_hash   VARCHAR(64) NOT NULL
);

INSERT INTO audit_chain (id, last_number, last_hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
