package main

// departmentNames are generic clinical names, in the order of their codes, with how many physicians each has (89 together).
// A special clinic (专病门诊) belongs to the department before it.
var departmentNames = []struct {
	code, chinese, english string
	physicians             int
	special                bool
}{
	{"01", "全科医学科", "General practice", 7, false},
	{"02", "心血管内科", "Cardiology", 6, false},
	{"0201", "高血压专病", "Hypertension clinic", 2, true},
	{"03", "消化内科", "Gastroenterology", 5, false},
	{"0301", "炎症性肠病专病", "Bowel disease clinic", 1, true},
	{"04", "呼吸内科", "Respiratory medicine", 4, false},
	{"05", "内分泌科", "Endocrinology", 4, false},
	{"0501", "糖尿病专病", "Diabetes clinic", 2, true},
	{"06", "神经内科", "Neurology", 4, false},
	{"0601", "头痛专病", "Headache clinic", 1, true},
	{"07", "肾内科", "Nephrology", 2, false},
	{"08", "血液科", "Haematology", 2, false},
	{"09", "风湿免疫科", "Rheumatology", 2, false},
	{"10", "感染科", "Infectious diseases", 2, false},
	{"11", "肿瘤科", "Oncology", 3, false},
	{"12", "普通外科", "General surgery", 3, false},
	{"1201", "乳腺专病", "Breast clinic", 1, true},
	{"13", "骨科", "Orthopaedics", 3, false},
	{"1301", "脊柱专病", "Spine clinic", 1, true},
	{"14", "泌尿外科", "Urology", 2, false},
	{"15", "神经外科", "Neurosurgery", 2, false},
	{"16", "胸外科", "Thoracic surgery", 2, false},
	{"17", "妇科", "Gynaecology", 3, false},
	{"18", "产科", "Obstetrics", 3, false},
	{"19", "儿科", "Paediatrics", 2, false},
	{"20", "眼科", "Ophthalmology", 3, false},
	{"21", "耳鼻喉科", "Ear, nose and throat", 3, false},
	{"22", "口腔科", "Dentistry", 2, false},
	{"23", "皮肤科", "Dermatology", 2, false},
	{"24", "康复医学科", "Rehabilitation", 2, false},
	{"25", "中医科", "Chinese medicine", 2, false},
	{"26", "疼痛科", "Pain clinic", 1, false},
	{"27", "心理科", "Psychology", 2, false},
	{"28", "老年医学科", "Geriatrics", 2, false},
	{"29", "营养科", "Nutrition", 1, false},
}

// departmentOf is the department of a physician: they are numbered through the departments in order.
func departmentOf(physician int) int {
	for i, d := range departmentNames {
		if physician -= d.physicians; physician < 0 {
			return i
		}
	}
	return 0
}

// otherDepartment is where a physician of a department is listed a second time: its special clinic, or the department it
// belongs to, or the next one.
func otherDepartment(department int) int {
	switch {
	case departmentNames[department].special:
		return department - 1
	case department+1 < len(departmentNames):
		return department + 1
	}
	return department - 1
}

// gradeOf deals the four grades in a fixed turn, so that every larger department has them all.
func gradeOf(physician int) string {
	return [...]string{"attending", "chief", "associate-chief", "attending", "resident", "associate-chief"}[physician%6]
}

// exams is the catalogue of examinations; the preparation rules are the common ones (no food for eight hours before an
// upper abdominal ultrasound or a gastroscopy, ultrasound before endoscopy).
const examsCSV = `exam_code,modality,name_zh,name_en,minutes,fasting_hours,latest_start,result_minutes,after,weight
CT-CHEST,CT,胸部CT平扫,Chest CT,10,0,,60,,22
CT-ABD-C,CT,腹部增强CT,"Abdominal CT, contrast",15,4,,120,,10
CT-HEAD,CT,头颅CT平扫,Head CT,10,0,,60,,12
MRI-HEAD,MRI,头颅磁共振,Head MRI,30,0,,240,,8
MRI-SPINE,MRI,脊柱磁共振,Spine MRI,30,0,,240,,6
US-ABD,US,腹部超声,Abdominal ultrasound,15,8,10:30,30,,30
US-CARD,US,心脏超声,Echocardiography,15,0,,30,,16
US-THY,US,甲状腺超声,Thyroid ultrasound,15,0,,30,,14
XR-CHEST,XR,胸部X线,Chest X-ray,5,0,,30,,24
XR-BONE,XR,骨关节X线,Bone X-ray,5,0,,30,,10
ES-GASTRO,ES,胃镜,Gastroscopy,30,8,11:00,60,US-ABD,9
`

// machineNames are the imaging machines: what they do, with which technicians, how long a slot is, in which parts.
var machineNames = []struct {
	machine, modality, room string
	slotMinutes             int
	exams                   string
	parts                   []string
	saturday                bool
}{
	{"CT1", "CT", "B101", 15, "CT-CHEST CT-ABD-C CT-HEAD", []string{"am", "pm", "evening"}, true},
	{"CT2", "CT", "B102", 15, "CT-CHEST CT-HEAD", []string{"am", "pm"}, false},
	{"MRI1", "MRI", "B103", 30, "MRI-HEAD MRI-SPINE", []string{"am", "pm", "evening"}, true},
	{"US1", "US", "B201", 15, "US-ABD US-CARD US-THY", []string{"am", "pm"}, true},
	{"US2", "US", "B202", 15, "US-ABD US-CARD US-THY", []string{"am", "pm"}, false},
	{"US3", "US", "B203", 15, "US-ABD US-THY", []string{"am"}, false},
	{"XR1", "XR", "B104", 5, "XR-CHEST XR-BONE", []string{"am", "pm"}, true},
	{"ES1", "ES", "B301", 30, "ES-GASTRO", []string{"am", "pm"}, false},
}
