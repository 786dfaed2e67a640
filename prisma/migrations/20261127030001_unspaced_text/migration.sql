-- Scripts that put no spaces between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese): full text takes a run of them
-- for one word. Such captions are kept a second time with each letter apart, and that is what phrases in those scripts are
-- looked up in.
CREATE TABLE "CaptionSpaced" (
  "captionId" INTEGER NOT NULL PRIMARY KEY,
  "text" TEXT NOT NULL,
  CONSTRAINT "CaptionSpaced_captionId_fkey" FOREIGN KEY ("captionId") REFERENCES "Caption" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE VIRTUAL TABLE "caption_chars" USING fts5("text", content='CaptionSpaced', content_rowid='captionId', tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'");
INSERT INTO "caption_chars"("caption_chars", "rank") VALUES ('automerge', 8);
INSERT INTO "caption_chars"("caption_chars", "rank") VALUES ('crisismerge', 64);
CREATE TRIGGER "CaptionSpaced_gone" AFTER DELETE ON "CaptionSpaced" WHEN EXISTS (SELECT 1 FROM "caption_chars_docsize" WHERE "id" = old."captionId")
BEGIN
  INSERT INTO "caption_chars"("caption_chars", "rowid", "text") VALUES ('delete', old."captionId", old."text");
END;
-- The Chinese and Japanese that is there already, letter by letter.
INSERT INTO "CaptionSpaced" ("captionId", "text")
SELECT "id", (
  WITH RECURSIVE "letter"("at", "done") AS (
    SELECT 1, ''
    UNION ALL
    SELECT "at" + 1, "done" || CASE WHEN substr("Caption"."text", "at", 1) GLOB '[぀-ヿ㐀-䶿一-鿿豈-﫿𠀀-𳏏]' THEN ' ' || substr("Caption"."text", "at", 1) || ' ' ELSE substr("Caption"."text", "at", 1) END
    FROM "letter" WHERE "at" <= length("Caption"."text")
  )
  SELECT "done" FROM "letter" ORDER BY "at" DESC LIMIT 1
)
FROM "Caption" WHERE length("text") <> length(CAST("text" AS BLOB)) AND "text" GLOB '*[぀-ヿ㐀-䶿一-鿿豈-﫿𠀀-𳏏]*';
