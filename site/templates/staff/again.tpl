{{<staff/head}}
<h1>Please send this again</h1>
<p>{{why}} Nothing was sent. What you typed is kept here: press the button to send it.</p>
{{#WRITTEN}}<div class="paper words" dir="auto">{{value}}</div>
{{/WRITTEN}}
<form method="post" action="{{action}}" accept-charset="utf-8">
<input type="hidden" name="form_token" value="{{form_token}}">
{{#FIELDS}}<input type="hidden" name="{{name}}" value="{{value}}">
{{/FIELDS}}
<div class="buttons"><button>Send</button> <a class="button second" href="/">Do not send</a></div>
</form>
{{<staff/foot}}
