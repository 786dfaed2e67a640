import { registry } from '@/lib/registry'
import { correct } from './correct'
import { detailed } from './detailed'
import { fuse } from './fuse'
import { realign } from './realign'
import { short } from './short'
import { structured } from './structured'
import type { Recipe } from './types'

export type { Accepted, Recipe, RecipeInput } from './types'

/** The recipes that are built in; a person's own are rows, see `store.ts`. */
export const recipes = registry<Recipe>('recipe', short, detailed, realign, fuse, correct, structured)

/** How a recipe is stamped on runs and captions: "short@1". */
export const recipeStamp = (recipe: Pick<Recipe, 'id' | 'version'>): string => `${recipe.id}@${recipe.version}`
