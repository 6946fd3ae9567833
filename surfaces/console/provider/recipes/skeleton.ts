// A small recipe that works, to begin with.
export const SKELETON = `recipe: new_recipe
version: 1.0.0
industry: any
title: {zh: 每笔谢一声, en: Thanks for each payment}
about: {zh: 顾客付款满额，返一点零钱，每天一次。, en: "Who pays enough gets a little back, once a day."}
needs: [fund]
inputs:
  enough: {kind: amount, says: {zh: 满多少元, en: From how many yuan on}, default: "10.00"}
  back: {kind: amount, says: {zh: 返多少元, en: How many come back}, default: "0.50", least: "0.10"}
rules:
- rule: thank
  says: {zh: 返现, en: Gives a little back}
  on: trade.pay
  if: fen(event.amount) >= inputs.enough
  once: event.buyer + run.day
  do:
  - call: alipay.fund.trans.uni.transfer
    ask:
      out_biz_no: "{{run.id}}"
      trans_amount: "{{yuan(inputs.back)}}"
      product_code: TRANS_ACCOUNT_NO_PWD
      biz_scene: DIRECT_TRANSFER
      payee_info: {identity: "{{event.buyer}}", identity_type: ALIPAY_USER_ID}
    money: {says: {zh: 返给付款的顾客, en: To whoever paid}, most: inputs.back}
  figures: {thanked: "1"}
figures:
  thanked: {says: {zh: 返现次数, en: How often}}
`;
