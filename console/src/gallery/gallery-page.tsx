// Every component of the console with its states, for looking at while one changes it: light and dark, wide and narrow.
import { useState } from "react";
import { Page } from "../components/frame/page.tsx";
import { Segmented } from "../components/parts/segmented.tsx";
import { ChartsGallery } from "./charts-gallery.tsx";
import { TablesGallery } from "./tables-gallery.tsx";

const shelves = [
  { value: "charts", label: "Charts and figures" },
  { value: "tables", label: "Tables, overlays, inputs" },
] as const;

export function GalleryPage() {
  const [shelf, setShelf] = useState<(typeof shelves)[number]["value"]>("charts");
  return (
    <Page title="Gallery" toolbar={<Segmented label="Shelf" options={shelves} value={shelf} onChange={setShelf} />}>
      {shelf === "charts" ? <ChartsGallery /> : <TablesGallery />}
    </Page>
  );
}
