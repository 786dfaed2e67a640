CREATE TABLE "CaptionerConfig" (
    "captioner" TEXT NOT NULL PRIMARY KEY,
    "label" TEXT NOT NULL,
    "preset" TEXT NOT NULL,
    "baseUrl" TEXT NOT NULL,
    "model" TEXT NOT NULL DEFAULT '',
    "params" TEXT NOT NULL DEFAULT '{}',
    "inputPrice" REAL,
    "outputPrice" REAL,
    "concurrency" INTEGER NOT NULL DEFAULT 8,
    "perMinute" INTEGER,
    "timeoutMs" INTEGER NOT NULL DEFAULT 120000,
    "updatedAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
