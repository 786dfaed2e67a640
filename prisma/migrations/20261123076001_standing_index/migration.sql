-- Retirement stands in the index, so that counts by standing never touch a caption's text.
DROP INDEX "Caption_datasetId_kind_standing_sampleId_idx";
CREATE INDEX "Caption_datasetId_kind_standing_sampleId_retiredAt_idx" ON "Caption"("datasetId", "kind", "standing", "sampleId", "retiredAt");
