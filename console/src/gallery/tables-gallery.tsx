// Tables, dialogs and fields with their states, on one page: for development only.
import { CodeGallery } from "./tables/code-gallery.tsx";
import { DialogsGallery } from "./tables/dialogs-gallery.tsx";
import { FieldsGallery } from "./tables/fields-gallery.tsx";
import { ListsGallery } from "./tables/lists-gallery.tsx";

export function TablesGallery() {
  return (
    <div className="grid gap-8 p-4">
      <ListsGallery />
      <DialogsGallery />
      <FieldsGallery />
      <CodeGallery />
    </div>
  );
}
