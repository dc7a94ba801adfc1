// How the signed-in page ends: by the reader's wish, or because the server says so.
import { createContext, useContext } from "react";

export type Leave = (why: "asked" | "ended") => void;

export const LeaveContext = createContext<Leave>(() => undefined);

export const useLeave = (): Leave => useContext(LeaveContext);
