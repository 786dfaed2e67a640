CREATE TABLE "CustomRecipe" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "recipe" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "prompt" TEXT NOT NULL,
    "maxWords" INTEGER NOT NULL DEFAULT 400,
    "author" TEXT NOT NULL DEFAULT '',
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX "CustomRecipe_recipe_version_key" ON "CustomRecipe"("recipe", "version");
CREATE TABLE "RecipeExample" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "recipe" TEXT NOT NULL,
    "captionId" INTEGER NOT NULL,
    "before" TEXT NOT NULL,
    "after" TEXT NOT NULL,
    "author" TEXT NOT NULL DEFAULT '',
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX "RecipeExample_recipe_captionId_key" ON "RecipeExample"("recipe", "captionId");
