-- Captions of other kinds than alt are looked up by their text also where they came with the data: a filter asks which of
-- them repeat an earlier one.
INSERT INTO "TextHash" ("captionId", "hash") SELECT "id", "textHash" FROM "Caption" WHERE "origin" = 'source' AND "kind" <> 'alt';
