-- What a run was asked in full, when its items ended, the grounds of captions, the shared pace of a captioner, plans.
ALTER TABLE "Run" ADD COLUMN "request" TEXT NOT NULL DEFAULT '{}';
ALTER TABLE "RunItem" ADD COLUMN "finishedAt" REAL;
ALTER TABLE "RunItem" ADD COLUMN "kept" TEXT;

-- CreateIndex
CREATE INDEX "RunItem_runId_finishedAt_idx" ON "RunItem"("runId", "finishedAt");

-- CreateTable
CREATE TABLE "CaptionEvidence" (
    "captionId" INTEGER NOT NULL PRIMARY KEY,
    "data" TEXT NOT NULL,
    CONSTRAINT "CaptionEvidence_captionId_fkey" FOREIGN KEY ("captionId") REFERENCES "Caption" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Pace" (
    "captioner" TEXT NOT NULL PRIMARY KEY,
    "nextAt" REAL NOT NULL DEFAULT 0,
    "blockedUntil" REAL NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "RunPlan" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "datasetId" INTEGER NOT NULL,
    "request" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "why" TEXT NOT NULL DEFAULT '',
    "result" TEXT NOT NULL DEFAULT '{}',
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "RunPlan_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "RunPlan_datasetId_id_idx" ON "RunPlan"("datasetId", "id");
