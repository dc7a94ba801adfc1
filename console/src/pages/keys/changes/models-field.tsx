// The models that a key may call: typed, or picked out of the routes and models that there are.
import { useQuery } from "@tanstack/react-query";
import { TagsField } from "../../../components/inputs/choices/tags-field.tsx";
import { useServices } from "../../../page/services.ts";

const shownMax = 10;

interface ModelsFieldProps {
  value: readonly string[];
  onChange: (value: readonly string[]) => void;
}

export function ModelsField({ value, onChange }: ModelsFieldProps) {
  const { api } = useServices();
  const asked = useQuery({
    queryKey: ["models", "for keys"],
    queryFn: ({ signal }) => api.client.models({ limit: 200 }, { signal }),
    staleTime: 60_000,
  });
  const models = asked.data?.models ?? [];
  const vendors = [...new Set(models.flatMap(({ vendor }) => (vendor === null ? [] : [`${vendor}/*`])))];
  const routes = models.filter(({ kind }) => kind === "route").map(({ id }) => id);
  const offered = [...routes, ...vendors].filter((name) => !value.includes(name)).slice(0, shownMax);
  return (
    <div className="grid gap-1.5">
      <TagsField
        label="Models"
        name="models"
        required={false}
        value={value}
        onChange={onChange}
        max={200}
        placeholder="any"
        hint="Routes, vendor/model, or vendor/* for all of a vendor. Empty: any."
      />
      {offered.length > 0 && (
        <div role="group" aria-label="Models to add" className="flex flex-wrap gap-1">
          {offered.map((name) => (
            <button
              key={name}
              type="button"
              onClick={() => onChange([...value, name])}
              className="inline-flex min-h-6 items-center rounded-md bg-shoal px-2 text-fine hover:bg-tide"
            >
              <span aria-hidden="true" className="text-soft">
                +&nbsp;
              </span>
              <bdi>{name}</bdi>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
