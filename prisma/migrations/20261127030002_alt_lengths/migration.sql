-- Alt texts in order of length, so that the shortest of a million are a page and not a sort.
CREATE INDEX "Caption_alt_words_idx" ON "Caption"("datasetId", "words", "sampleId") WHERE "kind" = 'alt' AND "retiredAt" IS NULL;
