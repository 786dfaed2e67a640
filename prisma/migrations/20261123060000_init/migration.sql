-- CreateTable
CREATE TABLE "Dataset" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "licence" TEXT NOT NULL DEFAULT '',
    "settings" TEXT NOT NULL DEFAULT '{}',
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "Root" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "path" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "Media" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "sha256" TEXT,
    "mime" TEXT,
    "width" INTEGER,
    "height" INTEGER,
    "bytes" INTEGER,
    "phash" TEXT,
    "place" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "member" TEXT,
    "offset" INTEGER,
    "length" INTEGER,
    "fault" TEXT
);

-- CreateTable
CREATE TABLE "Sight" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "mediaId" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "data" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "Sample" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "datasetId" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "mediaId" INTEGER,
    "importId" INTEGER,
    "meta" TEXT,
    "dropped" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 0,
    "groupId" INTEGER,
    CONSTRAINT "Sample_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Sample_mediaId_fkey" FOREIGN KEY ("mediaId") REFERENCES "Media" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Caption" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "datasetId" INTEGER NOT NULL,
    "sampleId" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "standing" TEXT NOT NULL DEFAULT 'pending',
    "version" INTEGER NOT NULL DEFAULT 0,
    "model" TEXT,
    "runId" INTEGER,
    "recipe" TEXT,
    "parentId" INTEGER,
    "author" TEXT,
    "words" INTEGER NOT NULL,
    "tokens" INTEGER,
    "textHash" TEXT NOT NULL,
    "quarantined" BOOLEAN NOT NULL DEFAULT false,
    "retiredAt" DATETIME,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "Caption_sampleId_fkey" FOREIGN KEY ("sampleId") REFERENCES "Sample" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Verdict" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "datasetId" INTEGER NOT NULL,
    "captionId" INTEGER,
    "sampleId" INTEGER NOT NULL,
    "decision" TEXT NOT NULL,
    "reasons" TEXT NOT NULL DEFAULT '[]',
    "note" TEXT NOT NULL DEFAULT '',
    "reviewer" TEXT NOT NULL,
    "batchId" INTEGER,
    "undoesId" INTEGER,
    "madeId" INTEGER,
    "token" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "Batch" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "datasetId" INTEGER NOT NULL,
    "act" TEXT NOT NULL,
    "spec" TEXT NOT NULL DEFAULT '{}',
    "reviewer" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "applied" BOOLEAN NOT NULL DEFAULT false,
    "count" INTEGER NOT NULL DEFAULT 0,
    "undoesId" INTEGER,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closedAt" DATETIME
);

-- CreateTable
CREATE TABLE "Flag" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "subject" TEXT NOT NULL,
    "datasetId" INTEGER NOT NULL,
    "sampleId" INTEGER NOT NULL,
    "captionId" INTEGER,
    "rule" TEXT NOT NULL,
    "raisedBy" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "clearedAt" DATETIME,
    "clearedBy" TEXT,
    CONSTRAINT "Flag_sampleId_fkey" FOREIGN KEY ("sampleId") REFERENCES "Sample" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Score" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "captionId" INTEGER NOT NULL,
    "metric" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "value" REAL,
    "detail" TEXT
);

-- CreateTable
CREATE TABLE "Summary" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "datasetId" INTEGER NOT NULL,
    "scope" TEXT NOT NULL,
    "metric" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "value" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "Claim" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "captionId" INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "sort" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "about" TEXT NOT NULL DEFAULT '{}',
    "dependsOn" INTEGER,
    "verdict" TEXT NOT NULL DEFAULT 'unknown',
    "evidence" TEXT NOT NULL DEFAULT '{}',
    "decision" TEXT,
    "decidedBy" TEXT
);

-- CreateTable
CREATE TABLE "Run" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "datasetId" INTEGER NOT NULL,
    "captioner" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "recipe" TEXT NOT NULL,
    "recipeVersion" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "params" TEXT NOT NULL DEFAULT '{}',
    "filter" TEXT NOT NULL DEFAULT '',
    "fingerprint" TEXT NOT NULL,
    "budget" REAL,
    "spent" REAL NOT NULL DEFAULT 0,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "why" TEXT NOT NULL DEFAULT '',
    "total" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "author" TEXT NOT NULL DEFAULT '',
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" DATETIME,
    "finishedAt" DATETIME,
    "retiredAt" DATETIME,
    CONSTRAINT "Run_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "RunItem" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "runId" INTEGER NOT NULL,
    "sampleId" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "owner" TEXT,
    "leaseUntil" REAL NOT NULL DEFAULT 0,
    "runAfter" REAL NOT NULL DEFAULT 0,
    "errorCode" TEXT,
    "error" TEXT,
    "captionId" INTEGER,
    "inputTokens" INTEGER NOT NULL DEFAULT 0,
    "outputTokens" INTEGER NOT NULL DEFAULT 0,
    "cost" REAL NOT NULL DEFAULT 0,
    "ms" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "RunItem_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Answer" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "hash" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "finish" TEXT NOT NULL,
    "evidence" TEXT,
    "inputTokens" INTEGER NOT NULL DEFAULT 0,
    "outputTokens" INTEGER NOT NULL DEFAULT 0,
    "cost" REAL NOT NULL DEFAULT 0,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "Blend" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "datasetId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "spec" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "Release" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "datasetId" INTEGER NOT NULL,
    "format" TEXT NOT NULL,
    "spec" TEXT NOT NULL,
    "manifest" TEXT,
    "path" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "why" TEXT NOT NULL DEFAULT '',
    "samples" INTEGER NOT NULL DEFAULT 0,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" DATETIME,
    CONSTRAINT "Release_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Import" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "datasetId" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "mapping" TEXT NOT NULL DEFAULT '{}',
    "copy" BOOLEAN NOT NULL DEFAULT false,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "why" TEXT NOT NULL DEFAULT '',
    "cursor" INTEGER NOT NULL DEFAULT 0,
    "added" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "problems" INTEGER NOT NULL DEFAULT 0,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" DATETIME,
    CONSTRAINT "Import_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Problem" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "importId" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "line" INTEGER,
    "why" TEXT NOT NULL,
    CONSTRAINT "Problem_importId_fkey" FOREIGN KEY ("importId") REFERENCES "Import" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Job" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "kind" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "owner" TEXT,
    "leaseUntil" REAL NOT NULL DEFAULT 0,
    "runAfter" REAL NOT NULL DEFAULT 0,
    "error" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "Heartbeat" (
    "owner" TEXT NOT NULL PRIMARY KEY,
    "seenAt" REAL NOT NULL
);

-- CreateTable
CREATE TABLE "Reviewer" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "settings" TEXT NOT NULL DEFAULT '{}',
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "SavedFilter" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "datasetId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateIndex
CREATE UNIQUE INDEX "Dataset_name_key" ON "Dataset"("name");

-- CreateIndex
CREATE UNIQUE INDEX "Root_path_key" ON "Root"("path");

-- CreateIndex
CREATE UNIQUE INDEX "Media_sha256_key" ON "Media"("sha256");

-- CreateIndex
CREATE INDEX "Media_phash_idx" ON "Media"("phash");

-- CreateIndex
CREATE UNIQUE INDEX "Sight_mediaId_version_key" ON "Sight"("mediaId", "version");

-- CreateIndex
CREATE INDEX "Sample_datasetId_dropped_idx" ON "Sample"("datasetId", "dropped");

-- CreateIndex
CREATE INDEX "Sample_datasetId_groupId_idx" ON "Sample"("datasetId", "groupId");

-- CreateIndex
CREATE INDEX "Sample_mediaId_idx" ON "Sample"("mediaId");

-- CreateIndex
CREATE UNIQUE INDEX "Sample_datasetId_key_key" ON "Sample"("datasetId", "key");

-- CreateIndex
CREATE INDEX "Caption_sampleId_kind_idx" ON "Caption"("sampleId", "kind");

-- CreateIndex
CREATE INDEX "Caption_datasetId_kind_standing_sampleId_idx" ON "Caption"("datasetId", "kind", "standing", "sampleId");

-- CreateIndex
CREATE INDEX "Caption_datasetId_textHash_idx" ON "Caption"("datasetId", "textHash");

-- CreateIndex
CREATE UNIQUE INDEX "Caption_runId_sampleId_key" ON "Caption"("runId", "sampleId");

-- CreateIndex
CREATE UNIQUE INDEX "Verdict_undoesId_key" ON "Verdict"("undoesId");

-- CreateIndex
CREATE UNIQUE INDEX "Verdict_token_key" ON "Verdict"("token");

-- CreateIndex
CREATE INDEX "Verdict_captionId_idx" ON "Verdict"("captionId");

-- CreateIndex
CREATE INDEX "Verdict_sampleId_idx" ON "Verdict"("sampleId");

-- CreateIndex
CREATE INDEX "Verdict_batchId_idx" ON "Verdict"("batchId");

-- CreateIndex
CREATE INDEX "Verdict_datasetId_reviewer_id_idx" ON "Verdict"("datasetId", "reviewer", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Batch_undoesId_key" ON "Batch"("undoesId");

-- CreateIndex
CREATE INDEX "Batch_datasetId_id_idx" ON "Batch"("datasetId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Flag_subject_key" ON "Flag"("subject");

-- CreateIndex
CREATE INDEX "Flag_datasetId_rule_clearedAt_sampleId_idx" ON "Flag"("datasetId", "rule", "clearedAt", "sampleId");

-- CreateIndex
CREATE INDEX "Flag_sampleId_idx" ON "Flag"("sampleId");

-- CreateIndex
CREATE INDEX "Flag_captionId_idx" ON "Flag"("captionId");

-- CreateIndex
CREATE INDEX "Score_metric_value_idx" ON "Score"("metric", "value");

-- CreateIndex
CREATE UNIQUE INDEX "Score_captionId_metric_key" ON "Score"("captionId", "metric");

-- CreateIndex
CREATE UNIQUE INDEX "Summary_datasetId_scope_metric_key" ON "Summary"("datasetId", "scope", "metric");

-- CreateIndex
CREATE INDEX "Claim_captionId_idx" ON "Claim"("captionId");

-- CreateIndex
CREATE INDEX "Run_datasetId_id_idx" ON "Run"("datasetId", "id");

-- CreateIndex
CREATE INDEX "Run_fingerprint_idx" ON "Run"("fingerprint");

-- CreateIndex
CREATE INDEX "RunItem_runId_status_runAfter_idx" ON "RunItem"("runId", "status", "runAfter");

-- CreateIndex
CREATE UNIQUE INDEX "RunItem_runId_sampleId_key" ON "RunItem"("runId", "sampleId");

-- CreateIndex
CREATE UNIQUE INDEX "Answer_hash_key" ON "Answer"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "Blend_datasetId_name_key" ON "Blend"("datasetId", "name");

-- CreateIndex
CREATE INDEX "Release_datasetId_id_idx" ON "Release"("datasetId", "id");

-- CreateIndex
CREATE INDEX "Import_datasetId_id_idx" ON "Import"("datasetId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Problem_importId_path_line_why_key" ON "Problem"("importId", "path", "line", "why");

-- CreateIndex
CREATE INDEX "Job_status_runAfter_id_idx" ON "Job"("status", "runAfter", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Reviewer_name_key" ON "Reviewer"("name");

-- CreateIndex
CREATE UNIQUE INDEX "SavedFilter_datasetId_name_key" ON "SavedFilter"("datasetId", "name");



-- Full text over captions. External content, filled in chunks by lib/caption/store.ts (a caption's text never changes),
-- so that a bulk import pays for it after the rows and no trigger fires per row.
CREATE VIRTUAL TABLE "caption_fts" USING fts5("text", content='Caption', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
