-- Which sample an answer was asked for, so that a purge takes the answers of its sample and leaves those of others, whatever
-- they say. Also those without one are looked up: a purge finds whose they are, or takes them too.
ALTER TABLE "Answer" ADD COLUMN "sampleId" INTEGER;
CREATE INDEX "Answer_sampleId_idx" ON "Answer"("sampleId");
