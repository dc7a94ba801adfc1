// Pictures of a message: by an address, which only the model's vendor fetches, or from a file, which goes along in the request.
import { useRef, useState } from "react";
import { boxLook } from "../../../components/inputs/field-frame.tsx";
import { formatBytes } from "../../../format/figures.ts";

const IMAGE_BYTES_MAX = 4_000_000;
const IMAGES_MAX = 8;

interface ImagesEditorProps {
  place: number;
  images: readonly string[];
  onChange: (images: string[]) => void;
}

export function ImagesEditor({ place, images, onChange }: ImagesEditorProps) {
  const picker = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const isFull = images.length >= IMAGES_MAX;
  const addFile = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    if (file.size > IMAGE_BYTES_MAX) {
      setProblem(`${file.name} has ${formatBytes(file.size)}; ${formatBytes(IMAGE_BYTES_MAX)} is the most.`);
      return;
    }
    setProblem(null);
    onChange([...images, await readDataUrl(file)]);
  };
  return (
    <div className="grid gap-1.5 empty:hidden">
      {images.map((image, index) => (
        <ImageLine
          key={index}
          label={`Picture ${index + 1} of message ${place}`}
          image={image}
          onChange={(changed) => onChange(images.with(index, changed))}
          onRemove={() => onChange(images.filter((_, at) => at !== index))}
        />
      ))}
      <div className="flex gap-1 text-fine">
        <SmallButton
          disabled={isFull}
          onClick={() => onChange([...images, ""])}
          label={`Picture by address, for message ${place}`}
        >
          Picture by address
        </SmallButton>
        <SmallButton
          disabled={isFull}
          onClick={() => picker.current?.click()}
          label={`Picture from a file, for message ${place}`}
        >
          Picture from a file
        </SmallButton>
      </div>
      <input
        ref={picker}
        type="file"
        accept="image/*"
        hidden
        onChange={(event) => {
          void addFile(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      {problem !== null && (
        <p role="alert" className="text-fine font-semibold text-fail">
          {problem}
        </p>
      )}
    </div>
  );
}

interface ImageLineProps {
  label: string;
  image: string;
  onChange: (image: string) => void;
  onRemove: () => void;
}

function ImageLine({ label, image, onChange, onRemove }: ImageLineProps) {
  return (
    <div className="flex items-center gap-2">
      {image.startsWith("data:image/") ? (
        <>
          <img src={image} alt={label} className="size-12 rounded-md border border-line object-cover" />
          <span className="text-fine text-soft">{formatBytes(Math.round(image.length * 0.75))} from a file</span>
        </>
      ) : (
        <input
          aria-label={label}
          placeholder="https://…"
          value={image}
          onChange={(event) => onChange(event.target.value)}
          className={`${boxLook} min-h-7! font-mono text-fine`}
        />
      )}
      <span className="ml-auto" />
      <SmallButton onClick={onRemove} label={`Remove ${label.toLowerCase()}`}>
        Remove
      </SmallButton>
    </div>
  );
}

interface SmallButtonProps {
  label: string;
  onClick: () => void;
  disabled?: boolean;
  children: string;
}

function SmallButton({ label, onClick, disabled = false, children }: SmallButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      disabled={disabled}
      onClick={onClick}
      className="min-h-6 shrink-0 rounded-md px-1.5 text-fine text-soft hover:bg-tide hover:text-ink disabled:opacity-55"
    >
      {children}
    </button>
  );
}

function readDataUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result)));
    reader.addEventListener("error", () => reject(new Error(`${file.name} cannot be read`)));
    reader.readAsDataURL(file);
  });
}
