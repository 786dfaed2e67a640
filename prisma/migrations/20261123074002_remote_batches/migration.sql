CREATE TABLE "RemoteBatch" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "runId" INTEGER NOT NULL,
    "captioner" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "file" TEXT NOT NULL,
    "requests" INTEGER NOT NULL,
    "inputFile" TEXT,
    "batch" TEXT,
    "status" TEXT NOT NULL DEFAULT 'packed',
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "collectedAt" DATETIME
);
CREATE UNIQUE INDEX "RemoteBatch_token_key" ON "RemoteBatch"("token");
CREATE INDEX "RemoteBatch_runId_id_idx" ON "RemoteBatch"("runId", "id");
