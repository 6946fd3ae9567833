// Chinese for the parts of names of fields, which are put together in the same order.
import { lines } from "./lines";

export const PARTS: Record<string, string> = lines(`
about 说明  absolute 固定  accept 接受  access 接入  account 账户  acquire 获客
action 动作  activity 活动  ad 广告  added 添加时间  address 地址  advance 预付  aes 加密
affiliation 归属  after 之后  again 再次  age 年龄  agent 代理  agree 同意
agreement 协议  agreements 协议  alias 别名  alipay 支付宝  all 全部  amount 金额
answer 回答  answered 答复时间  answers 答复  api 接口  app 应用  app_id 应用号
appeal 申诉  appid 应用号  application 申请  apply 申请  approve 通过  apps 应用
area 区域  arrival 到账  ascending 升序  ask 请求  associate 关联  association 关联
attach 附加  audience 受众  audit 审核  auth 授权  authorisations 授权
authorization 授权  auto 自动  available 可用  avatar 头像  award 奖励
background 背景  balance 余额  bank 银行  bankcard 银行卡  banks 银行  base 基础
basis 依据  batch 批次  begin 开始  begun 已开始  belong 所属  benefit 权益  bill 账单
bills 账单  bind 绑定  binding 绑定  birthday 生日  biz 业务  board 招牌  booth 柜台
booths 刷脸柜台  box 入口  boxes 入口  brand 品牌  budget 预算  business 业务  buyer 买家
buyers 买家
call 调用  calls 调用  camp 活动  campaign 活动  campaigns 活动  cancel 取消
capabilities 能力  capability 能力  card 卡  cards 卡  case 案例  cases 案例
category 类目  causes 原因  ceiling 上限  cert 证书  certificate 证书
certification 认证  certified 已认证  certify 认证  chances 机会  changes 变动
channel 渠道  channels 渠道  charge 收费  choices 选项  cities 城市  city 城市
claim 领取  claimed 已领  clause 条款  clicked 点击  clicks 点击  close 关闭
closes 关闭时间  codes 码  color 颜色  column 栏目  comm 通道  comment 备注
commission 佣金  commissions 佣金  commitment 承诺  commodities 商品
commodity 商品  complain 投诉  complaint 投诉  complaints 投诉  completed 已集齐
conf 配置  config 配置  confirm 确认  consents 授权  contact 联系人  contactor 联系人
contacts 联系人  contracts 签约  control 控制  conversion 转化  convert 转化  cost 成本
costs 费用  count 数量  counted 已计数  country 国家  coupon 券  coupons 券
cover 封面  create 创建  credit 信用  crowd 人群  currency 币种  current 当前
custom 自定义  customer 顾客  customs 海关  cycle 周期
daily 每日  data 数据  date 日期  day 天  days 天  deals 交易  decided 裁定
decision 裁定  deduct 扣款  deducted 已扣  default 默认  delay 延迟
deliveries 投递  delivery 投放  demand 诉求  demo 演示  deposits 押金  desc 描述
description 描述  detail 明细  details 明细  device 设备  devices 设备
difference 差异  direction 方向  disable 不可用  discount 优惠
discountable 可优惠  display 展示  dispute 争议  distance 距离  district 区县
done 已完成  door 门牌  down 下线  download 下载  draws 抽取  dt 日期  duration 时长
dynamic 动态
edition 版本  effect 生效  effective 生效  email 邮箱  enable 可用  end 结束
english 英文  entity 主体  entries 分录  equipment 设备  error 错误  escrow 担保
event 事件  events 事件  exchange 兑换  exchanges 兑换  exclude 排除  execute 执行
expected 预期  expire 到期  expires 到期  exposure 曝光  exposures 曝光
express 相对时间  ext 扩展  extend 扩展  extension 扩展  external 外部  extra 额外
face 面值  facts 事实  fail 失败  fatigue 疲劳  fee 费用  field 字段  fields 字段
figure 数据  figures 数据  file 文件  finish 完成  finished 完成  first 首次  fix 固定
floor 门槛  flows 流程  form 表单  freeze 冻结  friend 好友  front 正面  frozen 冻结
full 全  fullname 姓名  fund 资金
gender 性别  gives 给予  gmt 时间  goods 商品  got 得到  grade 等级  grant 授权
greeting 祝福  grid 宫格  group 分组  guide 说明
handle 处理  handout 派发  handouts 派发  handover 交接  has 是否有  height 高度
held 等待中  high 上限  highest 最高  hits 结果  home 主页  hours 营业时间  how 方式
icon 图标  identity 身份  ids 编号  image 图片  images 图片  in 转入  include 包含
indoor 店内  industry 行业  info 信息  infos 信息  input 输入  inputs 输入
installation 安装  installations 安装  installed 已安装  invalid 失效
inventory 库存  invoice 发票  ip 服务商  is 是否  issued 发放  isv 服务商  item 条目
items 条目
keep 保留  kept 保留  key 键  keys 键  keyword 关键词  keywords 关键词
label 标签  language 语言  last 最近  latest 最近  latitude 纬度  leaf 末级  least 最少
legal 法人  legs 分录  letter 函  level 等级  levels 等级  lib 标签库  license 执照
life 生活号  limitation 限制  line 行  lines 行  link 链接  links 链接  list 列表
locked 锁定  log 日志  login 登录  logo 标志  logon 登录  long 长期  longitude 经度
low 下限  lowest 最低
made 产生  main 主  market 市场  material 素材  max 最多  mcard 会员卡  mcc 行业码
mdiscount 商户优惠  member 会员  members 会员  memberships 成员  memo 备注
merchant 商户  merge 合并  message 消息  messages 消息  met 已影响  meters 米
method 接口  min 最少  mini 小程序  minutes 分钟  missing 缺少  mobile 手机  mode 方式
model 型号  modified 修改  modify 修改  module 模块  money 金额  month 月
monthly 每月  months 月数  more 更多  most 最多  moved 移动  msg 消息
name 名称  natural 自然  need 需要  needs 需要  new 新  newcomers 新客  next 下次
nick 昵称  note 备注  notes 备注  notice 通知  notices 通知  notified 已通知
notify 通知  now 现在  num 数
occur 发生  off 优惠  offer 内容  offered 已提供  once 单次  online 上线  open 开通
opened 开通  opens 开放时间  oper 运营  operate 操作  operation 操作  operations 操作
operator 运营  optional 可选  order 订单  orders 订单  oriented 定向  origin 原始
other 其他  out 外部  outer 外部  overdue 逾期  own 自有  owner 所有者
package 包  packet 红包  page 页  paid 已付  papers 资料  param 参数
parameters 参数  params 参数  part 部分  partner 合作伙伴  parts 部分  password 密码
path 路径  pattern 样式  pay 支付  payee 收款方  payer 付款方  payment 支付
payments 支付  pem 证书文本  pending 待处理  per 每  percentage 比例  period 周期
permission 权限  permissions 权限  person 个人  personal 个人  phone 电话  photo 照片
pic 图片  picture 图片  pid 商户号  place 位置  placement 投放  placements 投放
places 位置  plan 计划  platform 平台  play 播放  poi 地点  point 积分  points 积分
pool 奖池  position 位置  prefix 前缀  price 价格  pricing 定价  principal 本人
prize 奖品  problems 问题  product 产品  products 产品  promises 权益  promo 推广
proof 凭证  properties 属性  proposal 提案  proposals 提案  proposer 提出方  prov 省份
provider 服务商  province 省份  pub 发布  public 公开  publish 发布  purpose 用途
push 推送
qualifications 资质  quantity 数量  query 查询  quit 退出  quota 额度
radius 半径  range 范围  rate 费率  real 真实  reason 原因  receipt 实收
receipts 收款  receive 领取  received 已收  receiver 接收方  recharge 充值
recipe 方案  recipes 方案  record 记录  records 记录  recycle 回收  redirect 跳转
refer 关联  refresh 刷新  refund 退款  refundable 可退  refunded 已退款  refunds 退款
refusal 拒绝  refused 拒绝  region 区域  regions 区域  reject 驳回  related 相关
relation 关系  relative 相对  relatives 亲友  remain 剩余  remark 备注  repeat 重复
replier 答复人  report 报告  reported 上报  request 请求  requests 请求
required 必填  rest 剩余  restrict 限制  result 结果  retain 留存  return 返回
revenue 收入  review 审核  reviews 审核  right 正确  risk 风险  royalty 分账
royaltys 分账  rule 规则  rules 规则  runs 运行
said 说  sale 销售  scenario 场景  scene 场景  scenes 场景  schema 结构  scope 范围
scopes 范围  score 得分  screenshot 截图  second 秒  seconds 秒  secret 密钥
security 安全  seed 种子  seller 卖家  selling 售卖  send 发送  serial 序列
server 服务端  service 服务  session 会话  sessions 会话  set 设定  settings 设置
settle 结算  settled 已结算  settlement 结算  settlements 结算  settles 结算
setup 设定  shape 形状  share 份额  shares 份额  sheet 表  shipped 内置  shop 门店
shops 门店  shown 展示  sign 签名  signal 信号  signals 信号  signed 签名  signin 登录
silent 静默  single 单笔  site 站点  sites 站点  size 大小  slogan 标语  slot 展位
slots 展位  sold 售出  solution 方案  solutions 方案  soon 即将  sort 排序  source 来源
space 空间  spec 规格  special 特价  specification 规格  specifications 规格
spend 消费  spent 已用  spi 接口  split 拆分  stands 有效  start 开始  status 状态
step 步骤  steps 步骤  stock 库存  store 门店  stored 储值  strategy 策略  street 街道
string 文本  style 样式  sub 子  subscriptions 订阅  subtitle 副标题  success 成功
summary 汇总  supplier 供应商  supply 供给  suspended 暂停  switch 开关
tag 标签  target 目标  targets 目标  task 任务  tasks 任务  tells 通知  template 模板
templates 模板  term 期限  terminal 终端  terms 条款  test 测试  text 文本  texts 文案
third 第三方  ticket 凭据  time 时间  timeout 超时  times 次数  tiny 小程序  title 标题
todo 待办  token 令牌  tokens 令牌  topic 主题  trade 交易  trades 交易  trans 转账
transfer 转账  trigger 触发  trouble 故障  troubled 故障  trust 信任  trusted 信任
type 类型
undiscountable 不可优惠  unit 单位  unsettled 未结算  updated 更新  upload 上传
upper 上限  usable 可用  use 使用  used 已用  users 用户
valid 有效  validity 有效期  value 值  version 版本  visits 访问  visiturl 访问地址
voucher 券  vouchers 券
wait 等待  waiting 等待中  wallet 钱包  wants 需要  web 网站  week 周  weight 权重
whole 整体  width 宽度  with 附  words 词  write 核销
xml 报文
year 年  yuan 元
`);

/** Parts that stand for themselves in English titles, too. */
export const UPPER = new Set([
  "id",
  "url",
  "uri",
  "sn",
  "csv",
  "api",
  "isv",
  "qr",
  "sku",
  "pid",
  "pem",
  "aes",
  "ms",
  "en",
  "zh",
]);
