-- How far a release is while it is made, and how long its writing and its proof took.
ALTER TABLE "Release" ADD COLUMN "progress" TEXT;
ALTER TABLE "Release" ADD COLUMN "seconds" TEXT;
