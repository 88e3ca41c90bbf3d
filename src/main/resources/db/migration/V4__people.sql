-- People with an account. Guests are not stored: their id and name follow from their cookie.
CREATE TABLE person (
    id          VARCHAR(64)                 PRIMARY KEY, -- u-…, safe to show to others
    handle      VARCHAR(32)                 NOT NULL UNIQUE, -- what they sign in with and are mentioned by, in small letters
    name        VARCHAR(100)                NOT NULL, -- what others see
    role        VARCHAR(16)                 NOT NULL, -- MEMBER or ADMINISTRATOR
    language    VARCHAR(16)                 NOT NULL DEFAULT 'en',
    zone        VARCHAR(64)                 NOT NULL DEFAULT '', -- empty: the browser's
    created_at  TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    disabled_at TIMESTAMP(3) WITH TIME ZONE
);

CREATE INDEX person_role ON person (role);

-- Apart from the person, so that what reads people cannot show it.
CREATE TABLE password (
    person_id VARCHAR(64)  PRIMARY KEY REFERENCES person (id),
    hash      VARCHAR(200) NOT NULL
);

-- What handles and names look like. The key keeps everybody from looking like somebody else, also when two ask at once.
CREATE TABLE look_alike (
    skeleton  VARCHAR(300) PRIMARY KEY,
    person_id VARCHAR(64)  NOT NULL REFERENCES person (id)
);

CREATE INDEX look_alike_person ON look_alike (person_id);

-- Somebody who has signed in with a browser. The id may be shown, the secret is in the browser's cookie only.
CREATE TABLE session (
    id           VARCHAR(32)                 PRIMARY KEY,
    hash         VARCHAR(64)                 NOT NULL UNIQUE,
    person_id    VARCHAR(64)                 NOT NULL REFERENCES person (id),
    series       VARCHAR(32), -- of the stay that renews it
    address      VARCHAR(45)                 NOT NULL,
    agent        VARCHAR(200)                NOT NULL,
    created_at   TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    last_seen_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    ends_at      TIMESTAMP(3) WITH TIME ZONE NOT NULL
);

CREATE INDEX session_person ON session (person_id);
CREATE INDEX session_series ON session (series);
CREATE INDEX session_end ON session (ends_at);

-- "Stay signed in": a token that is replaced at every use, so that a stolen one is noticed when it is used twice.
CREATE TABLE stay (
    series        VARCHAR(32)                 PRIMARY KEY,
    person_id     VARCHAR(64)                 NOT NULL REFERENCES person (id),
    hash          VARCHAR(64)                 NOT NULL,
    previous_hash VARCHAR(64)                 NOT NULL,
    renewed_at    TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    ends_at       TIMESTAMP(3) WITH TIME ZONE NOT NULL
);

CREATE INDEX stay_person ON stay (person_id);

-- Somebody may make themselves an account, once.
CREATE TABLE invitation (
    id         VARCHAR(32)                 PRIMARY KEY,
    hash       VARCHAR(64)                 NOT NULL UNIQUE,
    role       VARCHAR(16)                 NOT NULL,
    note       VARCHAR(100)                NOT NULL,
    created_by VARCHAR(64)                 NOT NULL REFERENCES person (id),
    created_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    ends_at    TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    used_by    VARCHAR(64) REFERENCES person (id)
);

CREATE INDEX invitation_created ON invitation (created_at);

-- Links that do something once: SETUP makes the first administrator, RESET gives somebody another password.
CREATE TABLE one_time_link (
    hash      VARCHAR(64)                 PRIMARY KEY,
    purpose   VARCHAR(8)                  NOT NULL,
    person_id VARCHAR(64) REFERENCES person (id),
    ends_at   TIMESTAMP(3) WITH TIME ZONE NOT NULL
);

CREATE INDEX one_time_link_person ON one_time_link (person_id);

-- How often something failed lately, and when it may be tried again.
CREATE TABLE attempt (
    subject  VARCHAR(100)                PRIMARY KEY, -- of whom and from where, hashed
    failures INTEGER                     NOT NULL,
    tried_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    free_at  TIMESTAMP(3) WITH TIME ZONE NOT NULL
);

CREATE INDEX attempt_tried ON attempt (tried_at);

-- What administrators decide about the site. Guests may come until the first of them has decided.
ALTER TABLE installation ADD COLUMN site_name VARCHAR(60) NOT NULL DEFAULT 'Foyer';
ALTER TABLE installation ADD COLUMN language VARCHAR(16) NOT NULL DEFAULT 'en';
ALTER TABLE installation ADD COLUMN guests BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE installation ADD COLUMN registration BOOLEAN NOT NULL DEFAULT FALSE;
