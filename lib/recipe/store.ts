import { cutsOf } from '@/lib/caption/cuts'
import { db } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { recipes } from '.'
import { customId, customRecipe } from './custom'
import type { CustomRecipeInput, CustomRecipeRow, RecipeCard } from './schema'
import type { Recipe } from './types'

export type RecipeExample = { recipe: string; captionId: number; before: string; after: string; author: string }

type Row = Omit<CustomRecipeRow, 'createdAt'> & { id: number; createdAt: Date }
const rowOf = ({ id: _, createdAt, ...row }: Row): CustomRecipeRow => ({ ...row, createdAt: createdAt.toISOString() })
const newest = async (recipe: string) => (await db()).customRecipe.findFirst({ where: { recipe }, orderBy: { version: 'desc' } })

/** Keeps a person's recipe. What writes a caption differently is a new version of it; the same again is the version there is. */
export async function saveCustomRecipe(author: string, input: CustomRecipeInput): Promise<CustomRecipeRow> {
  const recipe = customId(input.name)
  const last = await newest(recipe)
  if (last && last.kind === input.kind && last.prompt === input.prompt && last.maxWords === input.maxWords && last.name === input.name) return rowOf(last)
  try {
    return rowOf(await (await db()).customRecipe.create({ data: { ...input, recipe, author, version: (last?.version ?? 0) + 1 } }))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'P2002') throw new AppError('conflict', `Someone saved the recipe “${input.name}” at the same moment. Read it again and save once more.`, { cause: error })
    throw error
  }
}

/** All versions of one recipe, newest first. */
export const customVersions = async (recipe: string): Promise<CustomRecipeRow[]> => (await (await db()).customRecipe.findMany({ where: { recipe }, orderBy: { version: 'desc' } })).map(rowOf)

/** The newest version of every recipe of a person's own, by id. */
export async function customRecipes(): Promise<CustomRecipeRow[]> {
  const rows = await (await db()).customRecipe.findMany({ orderBy: [{ recipe: 'asc' }, { version: 'desc' }] })
  return rows.filter((row, i) => row.recipe !== rows[i - 1]?.recipe).map(rowOf)
}

/** A recipe by its stored id, built in or a person's own; of the latter a certain version, else the newest. Throws `not_found`. */
export async function recipeById(id: string, version?: number): Promise<Recipe> {
  const own = recipes.find(id)
  if (own) return own
  const row = version === undefined ? await newest(id) : await (await db()).customRecipe.findUnique({ where: { recipe_version: { recipe: id, version } } })
  if (row) return customRecipe(rowOf(row))
  const custom = await customRecipes()
  throw new AppError('not_found', `There is no recipe “${id}”${version === undefined ? '' : ` in version ${version}`}. There are: ${[...recipes.all.map((one) => one.id), ...custom.map((one) => one.recipe)].join(', ')}.`, { detail: { use: true } })
}

/** Every recipe there is, for lists: built-in ones first. */
export async function recipeCards(): Promise<RecipeCard[]> {
  const card = (recipe: Recipe, custom: boolean, prompt?: string): RecipeCard => ({ id: recipe.id, version: recipe.version, label: recipe.label, kind: recipe.kind, source: recipe.source, needs: recipe.needs ?? [], custom, ...(prompt === undefined ? {} : { prompt }) })
  return [...recipes.all.map((recipe) => card(recipe, false)), ...(await customRecipes()).map((row) => card(customRecipe(row), true, row.prompt))]
}

/** Adds an approved edit to what a recipe shows as examples; the same edit twice is one example. */
export async function addExample(example: RecipeExample): Promise<void> {
  const { recipe, captionId } = example
  await (await db()).recipeExample.upsert({ where: { recipe_captionId: { recipe, captionId } }, create: example, update: {} })
}

export const removeExample = async (recipe: string, captionId: number): Promise<boolean> => (await (await db()).recipeExample.deleteMany({ where: { recipe, captionId } })).count > 0

/** The newest examples of a recipe, as a person reads them: with where encoders stop reading the two texts. */
export const shownExamples = async (recipe: string) => (await examplesOf(recipe)).map((one) => ({ ...one, cuts: { before: cutsOf(one.before), after: cutsOf(one.after) } }))

/** The newest examples of a recipe. */
export const examplesOf = async (recipe: string, limit = 8): Promise<RecipeExample[]> =>
  (await (await db()).recipeExample.findMany({ where: { recipe }, orderBy: { id: 'desc' }, take: limit })).map(({ captionId, before, after, author }) => ({ recipe, captionId, before, after, author }))
