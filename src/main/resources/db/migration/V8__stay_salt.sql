-- With the token that was shown it makes the next token and session: whoever shows it twice at once gets the same ones,
-- and whoever has only an old token cannot compute those that followed.
ALTER TABLE stay ADD COLUMN salt VARCHAR(64) NOT NULL DEFAULT '';
