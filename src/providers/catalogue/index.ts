// The catalogue: what models cost and what they can do.
export {
  createCatalogue,
  type Catalogue,
  type CataloguedVendor,
  type CatalogueDeps,
  type ModelDescription,
  type Price,
} from "./catalogue.ts";
export { type CallElsewhere, createPriceElsewhere } from "./price-elsewhere.ts";
