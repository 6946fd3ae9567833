"""The shapes of all methods, for the type check of the pages."""

from pathlib import Path

SHAPES = """export interface Methods {
  [method: string]: { ask: any; answer: any };
}
"""

if __name__ == "__main__":
    generated = Path(__file__).parent / "kit" / "generated" / "types.d.ts"
    generated.parent.mkdir(exist_ok=True)
    generated.write_text(SHAPES)
