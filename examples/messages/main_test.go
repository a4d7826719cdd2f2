package main

import "os"

// What the patient is told, in the order of the log.
func Example() {
	if err := run(os.Stdout); err != nil {
		panic(err)
	}
	// Output:
	// 14 to 张三: 已为您预约：心内科 李医生 2026年11月21日（周六）08:00。
	// 15 to 张三: 已提醒您就诊：心内科 李医生 2026年11月21日（周六）08:00。
	// 19 to 张三: 已为您转至呼吸科 吴医生 2026年11月21日（周六）10:00。
	// 20 to 张三: 医院取消了您的预约，不计爽约。
}
