-- A quarter of what an import writes to its indexes was rows without a value. Nobody looks for those.
DROP INDEX "Caption_runId_sampleId_key";
CREATE UNIQUE INDEX "Caption_runId_sampleId_key" ON "Caption"("runId", "sampleId") WHERE "runId" IS NOT NULL;
DROP INDEX "Sample_datasetId_groupId_idx";
CREATE INDEX "Sample_datasetId_groupId_idx" ON "Sample"("datasetId", "groupId") WHERE "groupId" IS NOT NULL;
DROP INDEX "Media_sha256_key";
CREATE UNIQUE INDEX "Media_sha256_key" ON "Media"("sha256") WHERE "sha256" IS NOT NULL;
