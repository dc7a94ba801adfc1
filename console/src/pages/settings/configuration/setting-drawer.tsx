// One setting whole: what it is for, what is in force, and where that was set.
import { Drawer } from "../../../components/overlays/drawer.tsx";
import { Field, FieldList } from "../../../components/parts/field-list.tsx";
import { saySource, sayValue, type Setting } from "./say-setting.ts";

export function SettingDrawer({ setting, onClose }: { setting: Setting; onClose: () => void }) {
  const { path, description, value, unit, default: usual } = setting;
  return (
    <Drawer label="Setting" title={<span className="font-mono">{path}</span>} contentKey={path} onClose={onClose}>
      <div className="grid gap-3 px-5 py-4">
        <p className="foreign text-read">{description}</p>
        <FieldList>
          <Field name="In force">{sayValue(value, unit)}</Field>
          <Field name="Set in">{saySource(setting)}</Field>
          <Field name="By default">{sayValue(usual, unit)}</Field>
        </FieldList>
        {setting.waits_for_start && <p className="font-semibold text-warn">Another value waits for a start.</p>}
      </div>
    </Drawer>
  );
}
