-- An index over hashes is written all over by an import: it cost more than the rows. The texts that came with the data
-- are compared in one pass of a check; only what was written since is looked up by its hash.
CREATE TABLE "TextHash" (
  "captionId" INTEGER NOT NULL PRIMARY KEY,
  "hash" TEXT NOT NULL,
  CONSTRAINT "TextHash_captionId_fkey" FOREIGN KEY ("captionId") REFERENCES "Caption" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "TextHash" ("captionId", "hash") SELECT "id", "textHash" FROM "Caption" WHERE "origin" <> 'source';
CREATE INDEX "TextHash_hash_idx" ON "TextHash"("hash");
DROP INDEX "Caption_datasetId_textHash_idx";
-- Nothing searches by it: near pictures are grouped in one pass.
DROP INDEX "Media_phash_idx";
