// Policies are imported as texts.
declare module "*.cedar" {
  const text: string;
  export default text;
}
