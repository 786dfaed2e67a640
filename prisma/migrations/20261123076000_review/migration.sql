-- Undo chains: an undo or redo names the decision at the start of its chain, so that "is it in force" is a parity.
ALTER TABLE "Verdict" ADD COLUMN "rootId" INTEGER;
ALTER TABLE "Verdict" ADD COLUMN "effect" TEXT;
CREATE INDEX "Verdict_rootId_idx" ON "Verdict"("rootId");
DROP INDEX "Verdict_datasetId_reviewer_id_idx";
CREATE INDEX "Verdict_datasetId_reviewer_batchId_id_idx" ON "Verdict"("datasetId", "reviewer", "batchId", "id");
CREATE INDEX "Verdict_madeId_idx" ON "Verdict"("madeId");

ALTER TABLE "Batch" ADD COLUMN "rootId" INTEGER;
ALTER TABLE "Batch" ADD COLUMN "seen" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Batch" ADD COLUMN "appliedTo" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Batch" ADD COLUMN "beatAt" REAL NOT NULL DEFAULT 0;
CREATE INDEX "Batch_rootId_idx" ON "Batch"("rootId");

CREATE TABLE "Plan" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "datasetId" INTEGER NOT NULL,
  "filter" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "reviewer" TEXT NOT NULL,
  "limit" REAL NOT NULL,
  "risk" REAL NOT NULL,
  "lot" INTEGER NOT NULL,
  "lotHash" TEXT NOT NULL,
  "size" INTEGER NOT NULL,
  "allowed" INTEGER NOT NULL,
  "seed" INTEGER NOT NULL,
  "status" TEXT NOT NULL DEFAULT 'open',
  "batchId" INTEGER,
  "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "closedAt" DATETIME
);
CREATE INDEX "Plan_datasetId_id_idx" ON "Plan"("datasetId", "id");
CREATE TABLE "PlanLot" (
  "planId" INTEGER NOT NULL,
  "captionId" INTEGER NOT NULL,
  PRIMARY KEY ("planId", "captionId")
);
CREATE TABLE "PlanItem" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "planId" INTEGER NOT NULL,
  "position" INTEGER NOT NULL,
  "captionId" INTEGER NOT NULL,
  "sampleId" INTEGER NOT NULL,
  "decision" TEXT,
  "verdictId" INTEGER
);
CREATE UNIQUE INDEX "PlanItem_planId_position_key" ON "PlanItem"("planId", "position");
CREATE INDEX "PlanItem_captionId_idx" ON "PlanItem"("captionId");

CREATE TABLE "Comparison" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "datasetId" INTEGER NOT NULL,
  "filter" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "a" TEXT NOT NULL,
  "b" TEXT NOT NULL,
  "stop" TEXT NOT NULL,
  "seed" INTEGER NOT NULL,
  "reviewer" TEXT NOT NULL,
  "status" TEXT NOT NULL DEFAULT 'open',
  "batchId" INTEGER,
  "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "closedAt" DATETIME
);
CREATE INDEX "Comparison_datasetId_id_idx" ON "Comparison"("datasetId", "id");
CREATE TABLE "ComparisonItem" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "comparisonId" INTEGER NOT NULL,
  "position" INTEGER NOT NULL,
  "sampleId" INTEGER NOT NULL,
  "captionA" INTEGER NOT NULL,
  "captionB" INTEGER NOT NULL,
  "left" TEXT NOT NULL,
  "choice" TEXT,
  "reviewer" TEXT,
  "decidedAt" DATETIME
);
CREATE UNIQUE INDEX "ComparisonItem_comparisonId_position_key" ON "ComparisonItem"("comparisonId", "position");

CREATE TABLE "Overlap" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "datasetId" INTEGER NOT NULL,
  "filter" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "people" INTEGER NOT NULL,
  "seed" INTEGER NOT NULL,
  "reviewer" TEXT NOT NULL,
  "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX "Overlap_datasetId_id_idx" ON "Overlap"("datasetId", "id");
CREATE TABLE "OverlapItem" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "overlapId" INTEGER NOT NULL,
  "position" INTEGER NOT NULL,
  "sampleId" INTEGER NOT NULL,
  "captionId" INTEGER NOT NULL,
  "status" TEXT NOT NULL DEFAULT 'open'
);
CREATE UNIQUE INDEX "OverlapItem_overlapId_captionId_key" ON "OverlapItem"("overlapId", "captionId");
CREATE INDEX "OverlapItem_overlapId_status_position_idx" ON "OverlapItem"("overlapId", "status", "position");
CREATE TABLE "Opinion" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "itemId" INTEGER NOT NULL,
  "reviewer" TEXT NOT NULL,
  "decision" TEXT NOT NULL,
  "reasons" TEXT NOT NULL DEFAULT '[]',
  "note" TEXT NOT NULL DEFAULT '',
  "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX "Opinion_itemId_reviewer_key" ON "Opinion"("itemId", "reviewer");

CREATE TABLE "Tombstone" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "datasetId" INTEGER NOT NULL,
  "keyHash" TEXT NOT NULL,
  "mediaSha256" TEXT,
  "captions" INTEGER NOT NULL,
  "verdicts" INTEGER NOT NULL,
  "reviewer" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX "Tombstone_datasetId_id_idx" ON "Tombstone"("datasetId", "id");
