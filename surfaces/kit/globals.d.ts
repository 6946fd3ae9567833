declare const SURFACE: "wallet" | "console";
