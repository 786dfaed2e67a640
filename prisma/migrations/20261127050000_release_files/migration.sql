-- What a release's files are stands beside its manifest, and how many they are before it: a list of releases reads neither
-- paths nor hashes, of which a release with copied pictures has 100,000.
ALTER TABLE "Release" ADD COLUMN "fileTotals" TEXT;
ALTER TABLE "Release" ADD COLUMN "files" TEXT;
UPDATE "Release" SET
  "files" = json_extract("manifest", '$.files'),
  "fileTotals" = json_object('count', json_array_length("manifest", '$.files'), 'bytes', (SELECT coalesce(sum(json_extract("value", '$.bytes')), 0) FROM json_each("Release"."manifest", '$.files'))),
  "manifest" = json_remove("manifest", '$.files')
WHERE "manifest" IS NOT NULL;
