declare module "jsbarcode" {
  export default function draw(target: { encodings?: { data: string }[] }, text: string, options: object): void;
}
