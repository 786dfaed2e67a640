-- Who split a caption into claims and who checked each of them, and what a model was asked about both.
ALTER TABLE "Claim" ADD COLUMN "splitBy" TEXT;
ALTER TABLE "Claim" ADD COLUMN "checkedBy" TEXT;

CREATE TABLE "ClaimAsk" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "datasetId" INTEGER NOT NULL,
    "captionId" INTEGER NOT NULL,
    "step" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 1,
    "answer" TEXT,
    "error" TEXT,
    "inputTokens" INTEGER NOT NULL DEFAULT 0,
    "outputTokens" INTEGER NOT NULL DEFAULT 0,
    "cost" REAL NOT NULL DEFAULT 0,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX "ClaimAsk_captionId_step_model_version_key" ON "ClaimAsk"("captionId", "step", "model", "version");
CREATE INDEX "ClaimAsk_datasetId_step_status_idx" ON "ClaimAsk"("datasetId", "step", "status");
