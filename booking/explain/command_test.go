package explain_test

import (
	"reflect"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/explain"
)

// The fields of a command by name: tests may be slow and short.

func field[T any](c booking.Command, name string) (value T) {
	if f := reflect.ValueOf(c).FieldByName(name); f.IsValid() {
		value, _ = f.Interface().(T)
	}
	return value
}

func set(c booking.Command, name string, value any) booking.Command {
	p := reflect.New(reflect.TypeOf(c)).Elem()
	p.Set(reflect.ValueOf(c))
	p.FieldByName(name).Set(reflect.ValueOf(value))
	return p.Interface().(booking.Command)
}

func metaOf(c booking.Command) booking.Meta { return field[booking.Meta](c, "Meta") }

func appointmentOf(c booking.Command) booking.Appointment {
	return field[booking.Appointment](c, "Appointment")
}

func requestOf(c booking.Command) booking.Request { return field[booking.Request](c, "Request") }

func withMeta(c booking.Command, m booking.Meta) booking.Command { return set(c, "Meta", m) }

func withCount(c booking.Command, count uint16) booking.Command {
	q := requestOf(c)
	q.Count = count
	return set(c, "Request", q)
}

func stepCommand(s explain.Step, m booking.Meta, id booking.Appointment) booking.Command {
	switch s {
	case explain.PayIt:
		return booking.Pay{Meta: m, Appointment: id}
	case explain.CheckInIt:
		return booking.CheckIn{Meta: m, Appointment: id}
	}
	return booking.Answer{Meta: m, Appointment: id, Accept: true}
}
