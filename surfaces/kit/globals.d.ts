declare const SURFACE: "wallet" | "console";
declare const ADDRESSES: Record<string, string>; // method -> "VERB /v3/path/{parameter}"
