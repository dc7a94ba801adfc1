// The header by which a call says whether its answer is checked, and how.
import { gatewayErrors } from "../../errors.ts";
import { REPAIRS_MAX, type ValidationConfig } from "./config.ts";

export const VALIDATE_HEADER = "x-binnacle-validate";

export interface ValidationWish extends Partial<Pick<ValidationConfig, "repairs_max" | "on_invalid">> {
  isOff: boolean;
}

/** `on` or `off`, and with commas `repairs=2`, `on-invalid=pass`. Throws `gateway.bad_validation_header`. */
export function readValidationWish(header: string): ValidationWish {
  const wish: ValidationWish = { isOff: false };
  for (const word of header.toLowerCase().split(",")) {
    const [name, value] = word.trim().split("=", 2);
    if (name === "off" && value === undefined) wish.isOff = true;
    else if (name === "repairs" && isRepairs(value)) wish.repairs_max = Number(value);
    else if (name === "on-invalid" && (value === "fail" || value === "pass")) wish.on_invalid = value;
    else if (name !== "on" || value !== undefined) throw gatewayErrors.bad_validation_header({ header });
  }
  return wish;
}

function isRepairs(value: string | undefined): boolean {
  return value !== undefined && /^\d$/.test(value) && Number(value) <= REPAIRS_MAX;
}
