{{<staff/head}}
<p class="back"><a href="/staff">All staff</a></p>
<h1>{{person}}</h1>
<p class="about">{{email}}</p>
{{#ENDED}}<p>The access of this person was ended.</p>{{/ENDED}}
{{#ACTIVE}}<form method="post" action="/staff/{{staff_id}}/roles">
<input type="hidden" name="form_token" value="{{form_token}}">
{{<staff/roles}}
{{#IS_ME}}<p class="hint">This is you.</p>{{/IS_ME}}
<div class="buttons"><button>Change the roles</button></div>
</form>
{{#CAN_END}}<h2>End access</h2>
<p>If they leave, or their device was lost.</p>
<form method="post" action="/staff/{{staff_id}}/end">
<input type="hidden" name="form_token" value="{{form_token}}">
<div class="buttons"><button class="bad">End access</button></div>
</form>{{/CAN_END}}{{/ACTIVE}}
{{<staff/foot}}
