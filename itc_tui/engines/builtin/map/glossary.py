"""Terms of the trade: what people say, in Chinese or English, and what code calls it."""

from __future__ import annotations

from itc_tui.engines.builtin.map.word_sets import words


def _table(text: str) -> dict[str, tuple[str, ...]]:
    rows = (line.partition(":") for line in text.strip().splitlines())
    return {term.strip(): tuple(meant.split()) for term, _, meant in rows}


CHINESE = _table(
    """
认证: auth authentication login
鉴权: auth authorization permission
授权: authorization authorize oauth grant
登录: login signin auth
登陆: login signin
登出: logout
注册: register signup registration registry
密码: password
令牌: token
支付: payment pay billing
付款: payment pay
账单: billing invoice bill
发票: invoice
退款: refund
结算: settlement checkout
结账: checkout
订单: order
下单: order checkout
网关: gateway
缓存: cache
用户: user account member
账户: account
账号: account
客户: customer client
会员: member membership
库存: stock inventory warehouse
仓库: warehouse repository inventory
通知: notify notification mail alert
邮件: mail email smtp
短信: sms message
配置: config configuration settings conf
设置: settings config setup options
数据库: db database store repository storage sql
存储: store storage repository
持久化: persistence storage store
仓储: repository
消息: message messaging event queue
事件: event
队列: queue
总线: bus
日志: log logging logger
权限: permission acl role access
角色: role
搜索: search
检索: search retrieval
查询: query search
索引: index
文件: file files
目录: directory folder catalog
路径: path
接口: api interface
客户端: client
服务端: server
服务器: server
服务: service server
会话: session
购物车: cart basket
价格: price pricing
定价: pricing price
折扣: discount
优惠: discount coupon promotion
优惠券: coupon voucher
商品: product item goods
产品: product
目录管理: catalog
物流: shipping logistics
配送: delivery shipping
运费: shipping freight
地址: address
报表: report
报告: report
统计: statistics stats metrics
监控: monitor monitoring metrics
指标: metrics
告警: alert alarm
任务: task job
调度: scheduler schedule dispatch
定时: schedule cron timer
工作流: workflow flow pipeline
流程: flow process workflow
流水线: pipeline
解析: parse parser parsing
解析器: parser
序列化: serialize serializer serialization schema
反序列化: deserialize load
验证: validate validation validator verify
校验: validate validation check
模板: template
渲染: render renderer rendering
路由: route router routing url
中间件: middleware
请求: request
响应: response
命令行: cli command commands
命令: command cli
插件: plugin
扩展: extension ext
翻译: translate translation i18n
国际化: i18n locale
时间: time date clock
日期: date
加密: crypto encrypt cipher
签名: sign signature
压缩: compress zip
下载: download
上传: upload
导入: import importer
导出: export exporter
图片: image picture
图像: image
编码: encode encoding codec
解码: decode decoding
表单: form
视图: view
模型: model
管理: admin
后台: admin backend
爬虫: spider crawler scraper
抓取: crawl fetch scraper
网络: network net http
连接: connection connect
连接池: pool
线程: thread
进程: process
异步: async asyncio
锁: lock
事务: transaction
重试: retry
限流: ratelimit throttle limiter
计算: calculate compute
转换: convert converter transform
过滤: filter
排序: sort order
分页: pagination paginate page
评论: comment review
标签: tag label
文章: article post
博客: blog
聊天: chat
推荐: recommend
同步: sync
备份: backup
迁移: migration migrate
货币: currency money
金额: money amount
税: tax
节点: node
树: tree
图: graph
异常: exception exceptions error errors
错误: error errors
类型: type types
上下文: context
环境: environment env
依赖: dependency dependencies
版本: version versioning
"""
)

KINDRED = _table(
    """
auth: authentication authorization authorize login oauth
authentication: auth login
login: auth signin session
payment: pay billing checkout
payments: pay billing checkout
billing: payment invoice
database: db sql storage repository
db: database sql
config: configuration settings conf
configuration: config settings conf
settings: config conf
cache: caching
email: mail smtp
mail: email smtp
notification: notify mail alert
notifications: notify mail alert
order: orders
cart: basket
inventory: stock warehouse
stock: inventory
user: users account
users: user account
storage: store repository
logging: log logger
parser: parse
parsing: parse parser
rendering: render renderer
templating: template
cli: command commands console
command: cli
permissions: acl role access
http: request response client
api: routes endpoints
queue: event message
events: event signal bus
search: query index
"""
)

IGNORED = words(
    """
a add all an and between by code component components create e2e end endtoend everything
feature features flow for from function functionality functions in integration integrations its
layer make module modules my of on or our package packages part please suite system test
testing tests that the this to use using via whole with write 与 及 和 对 的
"""
)
"""Words that say that something is to be tested, not what."""

CHINESE_NOISE = words(
    """
端到端 集成测试 测试 集成 模块 功能 流程 系统 部分 代码 所有 全部 请
编写 为 做 进行 写 的 和 与 及 对 之间 层 组件
"""
)
