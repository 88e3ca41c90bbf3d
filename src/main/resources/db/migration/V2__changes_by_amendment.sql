-- A message that was never amended is found by its place: its rev is its seq. One that was is found by its amendment. So
-- messages need no index by rev, which cost a page of the file for every room in every commit of H2.
ALTER TABLE amendment ADD COLUMN room_id BIGINT;
UPDATE amendment SET room_id = (SELECT m.room_id FROM message m WHERE m.id = amendment.message_id);
ALTER TABLE amendment ALTER COLUMN room_id SET NOT NULL;
CREATE UNIQUE INDEX amendment_rev ON amendment (room_id, rev);
DROP INDEX message_rev;
