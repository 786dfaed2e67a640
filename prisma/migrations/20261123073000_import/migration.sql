-- Members that are packed; the point at which a killed import goes on; the sidecars that captions came from.
ALTER TABLE "Media" ADD COLUMN "inflate" INTEGER;
ALTER TABLE "Import" ADD COLUMN "captions" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Import" ADD COLUMN "cursorKey" TEXT;

-- CreateTable
CREATE TABLE "SourceFile" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "datasetId" INTEGER NOT NULL,
    "sampleId" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    CONSTRAINT "SourceFile_sampleId_fkey" FOREIGN KEY ("sampleId") REFERENCES "Sample" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "SourceFile_datasetId_path_key" ON "SourceFile"("datasetId", "path");

-- CreateIndex
CREATE INDEX "SourceFile_sampleId_idx" ON "SourceFile"("sampleId");
