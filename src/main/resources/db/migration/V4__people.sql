-- People with an account. Guests are not stored: their id and name follow from their cookie.
CREATE TABLE person (
    id          VARCHAR(64)                 PRIMARY KEY, -- u-…, safe to show to others
    handle      VARCHAR(32)                 NOT NULL UNIQUE, -- what they sign in with and are mentioned by, in small letters
    name        VARCHAR(100)                NOT NULL, -- what others see
    skeleton    VARCHAR(300)                NOT NULL, -- what names that look alike share
    role        VARCHAR(16)                 NOT NULL, -- MEMBER or ADMINISTRATOR
    created_at  TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    disabled_at TIMESTAMP(3) WITH TIME ZONE
);

CREATE INDEX person_skeleton ON person (skeleton);
