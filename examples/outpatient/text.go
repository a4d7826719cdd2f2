package main

// Lang is the language of screen and page.
type Lang uint8

// The languages.
const (
	Chinese Lang = 1 + iota
	English
)

// ParseLang reads zh or en.
func ParseLang(s string) (Lang, bool) {
	switch s {
	case "zh":
		return Chinese, true
	case "en":
		return English, true
	}
	return 0, false
}

// Code is the language's code in HTML.
func (l Lang) Code() string {
	if l == Chinese {
		return "zh-CN"
	}
	return "en"
}

// t finds a text. A key that is not there shows itself, so that a test can see it.
func (l Lang) t(key string) string {
	text, ok := texts[key]
	if !ok {
		text, ok = playTexts[key]
	}
	switch {
	case !ok:
		return "‹" + key + "›"
	case l == Chinese:
		return text.zh
	}
	return text.en
}

// texts is every sentence of the page. It is read only.
var texts = map[string]struct{ zh, en string }{
	"title":       {"门诊号源周报", "Outpatient weeks"},
	"before":      {"调整前", "before"},
	"after":       {"调整后", "after"},
	"none":        {"无数据", "no data"},
	"worse":       {"变差", "worse"},
	"better":      {"变好", "better"},
	"same":        {"不变", "same"},
	"day":         {"天", "days"},
	"minutes":     {"分钟", "min"},
	"points":      {"个百分点", "pp"},
	"lede":        {"最忙的半小时（全部周次合计）由 %d 人降到 %d 人；%d 人的就诊时间晚于原来，%d 人失去了号。", "Over the weeks, the busiest half-hour falls from %d patients to %d. %d patients come later than they would have; %d lost their number."},
	"lede.up":     {"最忙的半小时（全部周次合计）没有下降：%d 人变为 %d 人；%d 人的就诊时间晚于原来，%d 人失去了号。", "Over the weeks, the busiest half-hour did not fall: %d patients, then %d. %d patients come later than they would have; %d lost their number."},
	"honest":      {"同样的请求、同样的患者、同样的出诊工时，只改变一件事：", "Same requests, same patients, same staff hours. One thing differs: "},
	"tile.fill":   {"号源使用率", "fill rate"},
	"tile.third":  {"第三个可约号", "third next available"},
	"tile.lead":   {"平均预约提前", "mean lead time"},
	"tile.noshow": {"爽约率", "no-show rate"},
	"tile.wait":   {"九成候诊不超过", "9 in 10 wait at most"},
	"tile.over":   {"超时出诊", "overtime"},

	"load.title": {"各半小时的就诊人数", "Patients by half-hour"},
	"load.note":  {"全部周次合计。成对的柱：灰为调整前，蓝为调整后；虚线为各自的峰值。", "All weeks together. In pairs: grey before, blue after; the dashed lines are the two peaks."},
	"load.unit":  {"人", "patients"},
	"load.table": {"数字", "the numbers"},
	"load.start": {"开始", "from"},
	"load.cap":   {"号数", "capacity"},

	"staff.title":    {"人力与需求", "Staff against demand"},
	"staff.note":     {"阶梯线为所需人数，底色为排班人数，斜线为加班与增开，橙底为仍缺的人。", "The stepped line is the need, the ground is the roster, hatching is what was added, the orange tint is what was still missing."},
	"staff.unit":     {"人", "people"},
	"staff.needed":   {"所需", "needed"},
	"staff.rostered": {"排班", "rostered"},
	"staff.added":    {"加班与增开", "added"},
	"staff.short":    {"缺口", "short"},

	"departments.title":    {"各科使用率与爽约率", "Fill and no-show by department"},
	"departments.note":     {"左：已约号占可约号；右：爽约占应到人数。两列各有零点。", "Left, numbers booked of numbers offered. Right, no-shows of those expected. Each column has its own zero."},
	"departments.fill":     {"使用率", "fill"},
	"departments.noshow":   {"爽约率", "no-show"},
	"departments.bookable": {"个号", "numbers"},

	"channels.title":    {"预约渠道", "Channels"},
	"channels.note":     {"已约号的渠道构成。", "Where the booked numbers came from."},
	"channel.app":       {"App", "App"},
	"channel.wechat":    {"微信", "WeChat"},
	"channel.alipay":    {"支付宝", "Alipay"},
	"channel.kiosk":     {"自助机", "Kiosk"},
	"channel.window":    {"窗口", "Window"},
	"channel.telephone": {"电话", "Telephone"},
	"class.ordinary":    {"普通", "ordinary"},
	"class.elderly":     {"老年", "elderly"},
	"class.referral":    {"转诊", "referral"},
	"class.follow-up":   {"复诊", "follow-up"},

	"compare.title":    {"前后对照", "Before and after"},
	"compare.what":     {"指标", "indicator"},
	"compare.verdict":  {"变化", "change"},
	"compare.requests": {"请求", "requests"},
	"compare.booked":   {"约到", "booked"},
	"compare.refused":  {"未约到", "not booked"},
	"compare.fill":     {"号源使用率", "fill rate"},
	"compare.coverage": {"时段覆盖率", "coverage of slots"},
	"compare.peak":     {"最忙半小时", "busiest half-hour"},
	"compare.third":    {"第三个可约号（天）", "third next available (days)"},
	"compare.lead":     {"平均预约提前（天）", "mean lead time (days)"},
	"compare.noshow":   {"爽约率", "no-show rate"},
	"compare.wait":     {"候诊中位数（分钟）", "median wait (min)"},
	"compare.wait90":   {"九成患者候诊不超过（分钟）", "nine of ten waited at most (min)"},
	"compare.over":     {"超时出诊（分钟）", "overtime (min)"},
	"compare.staff":    {"排班工时（分钟）", "staff time (min)"},

	"losers.title":   {"谁吃亏了", "Who is worse off"},
	"losers.note":    {"同一批患者逐一比较。", "The same patients, one by one."},
	"losers.same":    {"时间不变", "same time"},
	"losers.earlier": {"提前", "earlier"},
	"losers.later":   {"推后", "later"},
	"losers.lost":    {"失去号", "lost their number"},
	"losers.gained":  {"得到号", "gained a number"},
	"losers.wished":  {"晚于可接受时间（调整前 → 后）", "later than acceptable to them (before → after)"},
	"losers.delay":   {"推后者：中位 %d 分钟，最多 %d 分钟", "Those who come later: median %d min, at most %d min"},
	"losers.wait":    {"当天等候更久", "wait longer on the day"},
	"losers.upto":    {"≤ %d 分钟", "≤ %d min"},
	"losers.more":    {"更多", "more"},

	"overtime.title":  {"超时", "Overtime"},
	"overtime.who":    {"谁", "who"},
	"changes.title":   {"改了什么，为什么", "What was changed, and why"},
	"changes.when":    {"时间", "when"},
	"changes.what":    {"改动", "change"},
	"changes.why":     {"原因", "why"},
	"changes.effect":  {"结果", "effect"},
	"sheet.title":     {"当日就诊单（节选）", "Day sheet (excerpt)"},
	"sheet.time":      {"时间", "time"},
	"sheet.number":    {"号", "no."},
	"sheet.patient":   {"患者", "patient"},
	"sheet.dept":      {"科室", "department"},
	"sheet.physician": {"医生", "physician"},
	"sheet.room":      {"诊室", "room"},
	"sheet.channel":   {"渠道", "channel"},
	"sheet.state":     {"状态", "state"},
	"sheet.more":      {"另有 %d 行", "and %d more"},
	"findings.title":  {"数据中的疑点", "Found in the data"},
	"notes.title":     {"说明", "How this was made"},
	"digest":          {"事件日志摘要", "digest of the event log"},
	"seed":            {"种子", "seed"},
}
