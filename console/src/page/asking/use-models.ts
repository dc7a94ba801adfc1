// What the reader may call, asked for once in a while; and not at all by those who may call nothing.
import { useQuery } from "@tanstack/react-query";
import { listModels } from "../../api/model/list-models.ts";
import { useMay } from "../services.ts";

const staleMs = 60_000;

export function useModels() {
  const mayCall = useMay("call");
  return useQuery({
    queryKey: ["callable-models"],
    queryFn: ({ signal }) => listModels(signal),
    staleTime: staleMs,
    enabled: mayCall,
  });
}
