// What is asked again once money has moved.
export const MOVED = ["kaifang.wallet.", "kaifang.fund.channel.list", "kaifang.trade."];
